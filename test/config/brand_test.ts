import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ConfigError, type Environment, readConfig } from "../../src/config.ts";

const folder = mkdtempSync(join(tmpdir(), "foyer-brand-"));
const file = (name: string) => join(folder, name);
const PNG = Buffer.from("89504e470d0a1a0a0000000d", "hex");
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>';

beforeAll(() => {
  const files: Record<string, string | Buffer> = {
    "logo.svg": SVG,
    "declared.svg": `<?xml version="1.0"?>\n<!-- ours -->\n${SVG}`,
    "logo.png": PNG,
    "page.html": "<html><svg></svg></html>",
    "empty.svg": "",
    "large.png": Buffer.concat([PNG, Buffer.alloc(65_536)]),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(file(name), content);
});

afterAll(() => rmSync(folder, { recursive: true }));

const readBrand = (env: Environment) =>
  readConfig({ GOOGLE_OAUTH2_CLIENT_ID: "client", ...env }).brand;

function mistakeIn(env: Environment): string {
  try {
    readBrand(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes.join("\n");
    throw error;
  }
  return "none";
}

describe("the brand", () => {
  test("is what the operator says", () => {
    const brand = readBrand({
      APP_NAME: " Acme & Söhne ",
      APP_COLOR: "#0B6FB8",
      APP_HEADLINE: "All of Acme",
      APP_LEAD: "For the people of Acme.",
      APP_SUPPORT: "Help@Example.com",
      APP_PRIVACY_URL: "https://example.com/privacy",
      APP_TERMS_URL: "https://example.com/terms",
    });
    expect(brand).toEqual({
      name: "Acme & Söhne",
      color: "#0b6fb8",
      isOwnColor: true,
      logo: null,
      headline: "All of Acme",
      lead: "For the people of Acme.",
      support: { href: "mailto:help@example.com", label: "help@example.com" },
      privacyUrl: "https://example.com/privacy",
      termsUrl: "https://example.com/terms",
    });
  });

  test("can be asked at a page, too", () => {
    expect(readBrand({ APP_SUPPORT: "https://example.com/help/" }).support).toEqual({
      href: "https://example.com/help/",
      label: "example.com/help",
    });
  });

  for (const [name, type] of [
    ["logo.svg", "image/svg+xml"],
    ["declared.svg", "image/svg+xml"],
    ["logo.png", "image/png"],
  ] as const) {
    test(`has a logo from ${name}`, () => {
      expect(readBrand({ APP_LOGO: file(name) }).logo?.type).toBe(type);
    });
  }

  const WRONG: [env: Environment, mistake: string][] = [
    [{ APP_NAME: "x".repeat(61) }, "APP_NAME must be 1 to 60 characters on one line"],
    [{ APP_NAME: " \t " }, "APP_NAME must be 1 to 60"],
    [{ APP_NAME: "two\nlines" }, "on one line"],
    [{ APP_HEADLINE: "nul\0" }, "APP_HEADLINE must be 1 to 120"],
    [{ APP_LEAD: "x".repeat(401) }, "APP_LEAD must be 1 to 400"],
    [{ APP_COLOR: "red" }, 'APP_COLOR must be a color like #9c4221, not "red"'],
    [{ APP_COLOR: "#fff" }, "APP_COLOR must be"],
    [{ APP_COLOR: "#12345g" }, "APP_COLOR must be"],
    [{ APP_COLOR: "#123456}body{display:none" }, "APP_COLOR must be"],
    [{ APP_SUPPORT: "somebody" }, "APP_SUPPORT must be an email address or"],
    [{ APP_SUPPORT: "javascript:alert(1)" }, "APP_SUPPORT must be"],
    [{ APP_PRIVACY_URL: "javascript:alert(1)" }, "APP_PRIVACY_URL must be an http or https URL"],
    [{ APP_PRIVACY_URL: "/privacy" }, "APP_PRIVACY_URL must be"],
    [
      { APP_TERMS_URL: "https://user:secret@example.com" },
      'APP_TERMS_URL must be an http or https URL, not "https://…@example.com"',
    ],
    [{ APP_SUPPORT: "https://user:secret@example.com" }, 'not "https://…@example.com"'],
    [{ APP_SUPPORT: "ftp://user:secret@example.com" }, 'not "ftp://…@example.com"'],
    [{ APP_LOGO: file("nothing.svg") }, "APP_LOGO cannot be read: ENOENT"],
    [{ APP_LOGO: folder }, "APP_LOGO cannot be read: EISDIR"],
    [{ APP_LOGO: file("page.html") }, "APP_LOGO must be an SVG or PNG file"],
    [{ APP_LOGO: file("empty.svg") }, "APP_LOGO must be an SVG or PNG file"],
    [{ APP_LOGO: file("large.png") }, "APP_LOGO must be a file of at most 64 KiB"],
  ];
  for (const [env, mistake] of WRONG) {
    test(`is refused at the start: ${JSON.stringify(env).slice(0, 60)}`, () => {
      expect(mistakeIn(env)).toContain(mistake);
    });
  }
});
