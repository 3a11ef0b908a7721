import { Html } from "@elysiajs/html";

import { EnterSite } from "../../views/forward_auth/enter_site.tsx";
import { LockedPage } from "../../views/refused.tsx";
import { RefusedRequest } from "../errors.ts";
import type { PageContext, PublicPage } from "../pages/page.ts";
import { ENTER, enterPagePath, enterPath } from "../paths.ts";
import { readReturnAddress, type ReturnAddress } from "./return_address.ts";

/** The way in to a protected application. For a signed-in person it leads on at once. */
export const ENTER_PAGE: PublicPage = {
  name: ENTER,
  title: ({ signIn }) => signIn.pageTitle,
  titleOf: async (context) => {
    const { signedIn, words } = context;
    return signedIn ? words.enter.title : words.signIn.toOpen(addressOf(context).site.name);
  },
  audience: "everybody",
  isHiddenInMenu: true,
  draw: (context) => {
    const { words, signedIn, config, assets } = context;
    const { site, href } = addressOf(context);
    if (signedIn) return <EnterSite words={words} name={site.name} path={enterPath(href)} />;
    return (
      <LockedPage
        words={words}
        title={site.name}
        lead={words.signIn.forApplication(new URL(href).host)}
        brand={config.brand}
        logo={assets.logo}
        path={enterPagePath(href)}
      />
    );
  },
};

function addressOf({ query, config }: PageContext): ReturnAddress {
  const address = readReturnAddress(query.get("return"), config.sites);
  if (!address) throw new RefusedRequest("not_found");
  return address;
}
