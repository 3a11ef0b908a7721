import { Html } from "@elysiajs/html";

import { contentPath, pagePath } from "../src/paths.ts";

/** One content as the menu shows it; `lock` says why it cannot be opened, for those who cannot. */
export interface MenuItem {
  name: string;
  title: string;
  lock?: string;
}

/** The menu of all contents. */
export function Menu({ items }: { items: MenuItem[] }) {
  return (
    <ul class="menu">
      {items.map((item) => (
        <li>{item.lock ? <LockedItem {...item} lock={item.lock} /> : <OpenItem {...item} />}</li>
      ))}
    </ul>
  );
}

function OpenItem({ name, title }: MenuItem) {
  return (
    <a
      href={pagePath(name)}
      hx-get={contentPath(name)}
      hx-target="#content_section"
      hx-swap="outerHTML"
      hx-push-url={pagePath(name)}
      safe
    >
      {title}
    </a>
  );
}

function LockedItem({ name, title, lock }: MenuItem & { lock: string }) {
  const id = `lock_${name.replaceAll(".", "_")}`;
  return (
    <>
      <button type="button" class="locked" popovertarget={id} safe>
        {title}
      </button>
      <div id={id} class="lock-reason" popover safe>
        {lock}
      </div>
    </>
  );
}
