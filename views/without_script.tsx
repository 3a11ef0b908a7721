import { Html, type PropsWithChildren } from "@elysiajs/html";

import { pagePath } from "../src/paths.ts";

/** The page without JavaScript: why parts are missing, and the public page as `children`. */
export function WithoutScript({
  pages,
  children,
}: PropsWithChildren<{ pages: { name: string; title: string }[] }>) {
  return (
    <main class="without-script">
      <p>
        Foyer loads its parts with JavaScript, which is switched off in this browser. Please switch
        it on to sign in. What everybody may read is here without it:
      </p>
      <ul>
        {pages.map(({ name, title }) => (
          <li>
            <a href={pagePath(name)} safe>
              {title}
            </a>
          </li>
        ))}
      </ul>
      {children as "safe"}
    </main>
  );
}
