import { Html } from "@elysiajs/html";

import { PageLink } from "./page_link.tsx";

/** A page in the menu. `lock` tells people who may not open it why. */
export interface MenuItem {
  name: string;
  title: string;
  lock: string | undefined;
}

/** The menu of pages. */
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
    <PageLink name={name}>
      <span safe>{title}</span>
    </PageLink>
  );
}

function LockedItem({ name, title, lock }: MenuItem & { lock: string }) {
  const id = `lock_${name.replaceAll(".", "_")}`;
  return (
    <>
      <button type="button" class="locked" popovertarget={id}>
        <span safe>{title}</span>
        <Padlock />
      </button>
      <div id={id} class="lock-reason" popover safe>
        {lock}
      </div>
    </>
  );
}

function Padlock() {
  return (
    <svg class="padlock" viewBox="0 0 12 14" width="12" height="14" role="img" aria-label="locked">
      <rect x="1" y="6" width="10" height="7" rx="1.5" fill="currentColor" />
      <path d="M3.5 6V4a2.5 2.5 0 0 1 5 0v2" fill="none" stroke="currentColor" stroke-width="1.6" />
    </svg>
  );
}
