import type { PropsWithChildren } from "@kitajs/html";

// Missing in Kita's types: our custom elements and newer HTML attributes.
declare global {
  namespace JSX {
    interface IntrinsicElements {
      "google-button": PropsWithChildren<HtmlTag & { src: string; "one-tap": boolean }>;
      "fedcm-button": PropsWithChildren<HtmlTag>;
      "google-slot": PropsWithChildren<HtmlTag>;
      "in-app-browser": PropsWithChildren<HtmlTag>;
      "refresh-after": PropsWithChildren<HtmlTag & { seconds: number }>;
    }
    interface HtmlImageTag {
      referrerpolicy?: string;
    }
    interface HtmlButtonTag {
      popovertarget?: string;
      popovertargetaction?: "show" | "hide" | "toggle";
      commandfor?: string;
      command?: "show-modal" | "close";
    }
    interface HtmlTag {
      autofocus?: boolean | undefined;
      popover?: boolean | "auto" | "manual" | "hint";
    }
  }
}
