import { Html, type PropsWithChildren } from "@elysiajs/html";

export interface SettingProps {
  id: string;
  title: string;
  text: JSX.Element;
}

/** Explanation on one side, what can be done on the other. The heading can get the focus from a button that is gone. */
export function Setting({ id, title, text, children }: PropsWithChildren<SettingProps>) {
  return (
    <section class="setting" aria-labelledby={id}>
      <div>
        <h2 id={id} tabindex="-1" safe>
          {title}
        </h2>
        <p class="muted fine">{text as "safe"}</p>
      </div>
      <div class="card">{children as "safe"}</div>
    </section>
  );
}
