import type { Store } from "../../db/contract/store.ts";
import type { MemberContentProps } from "../../views/demo/members.tsx";
import type { Config } from "../config.ts";
import type { SignedIn } from "../session/read_session.ts";
import type { RefusalCounts } from "../session/refusal_counts.ts";

/** What a public content is drawn from. */
export interface ContentSource {
  store: Store;
}

/** What a content for members or administrators is drawn from. */
export interface MemberSource extends ContentSource {
  config: Config;
  now: () => number;
  refusals: RefusalCounts;
  signedIn: SignedIn;
  /** What the address says behind its question mark. */
  query: URLSearchParams;
}

/** A content of the page: who may see it, and how it is drawn. */
export type Content = PublicContent | MemberContent;

/** Public contents are drawn once, or from the store for each request; without JavaScript they are readable, too. */
export type PublicContent = { title: string; audience: "everybody" } & (
  { render: () => JSX.Element } | { load: (source: ContentSource) => Promise<string> }
);

export type MemberContent = {
  title: string;
  audience: "members" | "administrators";
  /** Why the menu does not open it for others; without it, they may click and are refused. */
  lock?: string;
  /** Whether the menu leaves it out, as another place leads there. */
  isElsewhere?: boolean;
} & (
  | { render: (props: MemberContentProps) => JSX.Element }
  | { load: (source: MemberSource) => Promise<string> }
);

/** Draws a public content. */
export function drawPublic(content: PublicContent, source: ContentSource): JSX.Element {
  return "load" in content ? content.load(source) : content.render();
}

/** Draws a content for somebody who may see it. */
export function drawForMember(content: MemberContent, source: MemberSource): JSX.Element {
  if ("load" in content) return content.load(source);
  const { user, createdAt, expiresAt } = source.signedIn;
  return content.render({ name: user.name, email: user.email, createdAt, expiresAt });
}
