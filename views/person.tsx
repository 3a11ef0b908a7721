import { Html, type PropsWithChildren } from "@elysiajs/html";

/** A signed-in person. `picture` is an allowed address; for `null` the initial is shown. */
export interface Person {
  name: string;
  email: string;
  picture: string | null;
}

/** A person's name and picture, and a `note` if the account is disabled. */
export interface PersonFaceProps extends Pick<Person, "name" | "picture"> {
  note?: string | undefined;
}

/** A person's picture and name, small, for the navigation bar. */
export function PersonFace({ name, picture, note }: PersonFaceProps) {
  return (
    <>
      <Portrait name={name} picture={picture} />
      <span class="person-text">
        <span class="person-name" safe>
          {name}
        </span>
        {note ? (
          <span class="note" safe>
            {note}
          </span>
        ) : null}
      </span>
    </>
  );
}

/** A person, large. `headline` contains the name; `children` is below the address. */
export function Identity({
  person,
  headline,
  children,
}: PropsWithChildren<{ person: Person; headline: JSX.Element }>) {
  return (
    <div class="identity">
      <Portrait name={person.name} picture={person.picture} />
      <div>
        {headline as "safe"}
        <p class="muted" safe>
          {person.email}
        </p>
        {children as "safe"}
      </div>
    </div>
  );
}

/** A person's picture, or their initial. */
function Portrait({ name, picture }: Pick<Person, "name" | "picture">) {
  if (picture) {
    return (
      <img
        class="portrait"
        src={picture}
        alt=""
        width="36"
        height="36"
        referrerpolicy="no-referrer"
      />
    );
  }
  return (
    <span class="portrait initial" aria-hidden="true" safe>
      {initialOf(name)}
    </span>
  );
}

const SEGMENTER = new Intl.Segmenter();

function initialOf(name: string): string {
  const [first] = SEGMENTER.segment(name.trim());
  return first?.segment.toLocaleUpperCase() ?? "?";
}
