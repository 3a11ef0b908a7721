/** A person with an account at the stand-in, as the claims of an ID token describe them. */
export interface StandInPerson {
  sub: string;
  name: string;
  email: string;
  emailVerified: boolean;
  hostedDomain?: string;
  /** Whether the account has a picture. */
  hasPicture: boolean;
}

/** The people in the chooser: two with Gmail, one with Workspace, two that Google does not vouch for. */
export const PEOPLE: readonly StandInPerson[] = [
  {
    sub: "100000000000000000001",
    name: "Ada Lovelace",
    email: "ada.lovelace@gmail.com",
    emailVerified: true,
    hasPicture: true,
  },
  {
    sub: "100000000000000000002",
    name: "Grace Hopper",
    email: "grace.hopper@gmail.com",
    emailVerified: true,
    hasPicture: true,
  },
  {
    sub: "100000000000000000003",
    name: "Katherine Johnson",
    email: "katherine@orbit.example",
    emailVerified: true,
    hostedDomain: "orbit.example",
    hasPicture: true,
  },
  {
    sub: "100000000000000000004",
    name: "Edsger Dijkstra",
    email: "edsger@elsewhere.example",
    emailVerified: true,
    hasPicture: false,
  },
  {
    sub: "100000000000000000005",
    name: "Mallory Unverified",
    email: "mallory@elsewhere.example",
    emailVerified: false,
    hasPicture: false,
  },
];

/** The people whom Google offers to a client that asks for a Workspace domain: `*` is any, "" no domain. */
export function offeredTo<Person extends StandInPerson>(
  people: readonly Person[],
  hostedDomain: string,
): readonly Person[] {
  if (hostedDomain === "") return people;
  return people.filter((person) =>
    hostedDomain === "*" ? person.hostedDomain : person.hostedDomain === hostedDomain,
  );
}

/** The person with this address: one of {@linkcode PEOPLE}, or a generated one with a stable `sub`. */
export function personOf({
  email,
  name,
  hostedDomain,
}: {
  email: string;
  name?: string;
  hostedDomain?: string;
}): StandInPerson {
  const known = PEOPLE.find((person) => person.email === email);
  if (known) return known;
  const sub = String(Bun.hash.wyhash(email)).padStart(21, "2").slice(0, 21);
  return {
    sub,
    name: name || email,
    email,
    emailVerified: true,
    hasPicture: false,
    ...(hostedDomain ? { hostedDomain } : {}),
  };
}

/** The person that a form of the chooser names, or `null`. */
export function personIn(form: { get(name: string): string }): StandInPerson | null {
  const email = form.get("email");
  return email ? personOf({ email, name: form.get("name"), hostedDomain: form.get("hd") }) : null;
}
