import { Html, type PropsWithChildren } from "@elysiajs/html";

import { attributeText } from "./attribute_text.ts";
import { lazily } from "./lazily.ts";

/** A signed-in person. `picture` is an allowed address; for `null` the initial is shown. */
export interface Person {
  name: string;
  email: string;
  picture: string | null;
}

/** A person, large. `headline` contains the name; `children` is below the address. */
export function Identity({
  person,
  headline,
  children,
}: PropsWithChildren<{ person: Person; headline: JSX.Element }>) {
  return (
    <div class="person">
      <Portrait name={person.name} picture={person.picture} isLarge={true} />
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
export function Portrait({
  name,
  picture,
  initial = initialOf(name),
  isLarge = false,
}: Pick<Person, "name" | "picture"> & { initial?: string; isLarge?: boolean }) {
  const size = isLarge ? " large" : "";
  if (picture) {
    return (
      <img
        class={`portrait${size}`}
        src={attributeText(picture)}
        alt=""
        width="36"
        height="36"
        referrerpolicy="no-referrer"
      />
    );
  }
  return (
    <span class={`portrait initial${size}`} aria-hidden="true" safe>
      {initial}
    </span>
  );
}

const segmenter = lazily(() => new Intl.Segmenter());

/** The first letter of a name. */
export function initialOf(name: string): string {
  const [first] = segmenter().segment(name.trim());
  return first?.segment.toLocaleUpperCase() ?? "?";
}
