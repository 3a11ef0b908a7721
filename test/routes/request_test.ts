import { describe, expect, test } from "bun:test";

import { PATHS } from "../../src/paths.ts";
import { ADA, createFoyer } from "../fixture.ts";
import { codeOf } from "../visitor.ts";

const foyer = await createFoyer();
const OWN = "http://localhost:3000";

function post(path: string, headers: Record<string, string>, body: RequestInit["body"] = "") {
  return foyer.app.handle(
    new Request(`http://localhost${path}`, { method: "POST", headers, body }),
  );
}

describe("a cross-site request", () => {
  const REFUSED: Record<string, string>[] = [
    {},
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "" },
    { "sec-fetch-site": "SAME-ORIGIN" },
    { "sec-fetch-site": "same-origin, cross-site" },
    { "sec-fetch-site": "cross-site", origin: OWN },
    { origin: "null" },
    { origin: "https://evil.example" },
    { origin: "http://localhost" },
    { origin: "https://localhost:3000" },
    { origin: `${OWN}.evil.example` },
    { origin: `${OWN}/` },
    { origin: OWN.toUpperCase() },
    { referer: `${OWN}/spa` },
    { host: "localhost:3000" },
  ];
  for (const headers of REFUSED) {
    for (const path of [PATHS.login, PATHS.logout, "/nothing"]) {
      test(`${path} with ${JSON.stringify(headers)} is refused`, async () => {
        const response = await post(path, headers);
        expect(response.status).toBe(403);
        expect(response.headers.getSetCookie()).toEqual([]);
        expect(await codeOf(response)).toBe("cross_origin");
      });
    }
  }

  const TAKEN: Record<string, string>[] = [
    { "sec-fetch-site": "same-origin" },
    { "sec-fetch-site": "none" },
    { "sec-fetch-site": "same-origin", origin: "null" },
    { origin: OWN },
  ];
  for (const headers of TAKEN) {
    test(`is ours with ${JSON.stringify(headers)}`, async () => {
      expect((await post(PATHS.logout, headers)).status).toBe(200);
    });
  }

  for (const method of ["PUT", "PATCH", "DELETE", "PROPFIND"]) {
    test(`${method} counts as changing`, async () => {
      const request = new Request(`http://localhost${PATHS.page}`, { method });
      expect((await foyer.app.handle(request)).status).toBe(403);
    });
  }
});

describe("POST /auth/login with a body that", () => {
  const FORM = "application/x-www-form-urlencoded";
  const long = (bytes: number) => `credential=${"a".repeat(bytes - "credential=".length)}`;
  /** A token of Google's shape, without a key that Google has. */
  const token = (length: number) => {
    const head = btoa('{"alg":"RS256"}');
    return `${head}.${"a".repeat(length - head.length - 2)}.`;
  };
  const multipart = (name: string, value: string | Blob) => {
    const form = new FormData();
    form.append(name, value);
    return form;
  };
  const ROWS: [
    what: string,
    type: string | null,
    body: RequestInit["body"],
    status: number,
    code: string,
  ][] = [
    ["is empty", FORM, "", 400, "missing_credential"],
    ["has no credential", FORM, "token=x", 400, "missing_credential"],
    ["has an empty credential", FORM, "credential=", 400, "missing_credential"],
    ["has two credentials", FORM, "credential=a&credential=b", 400, "malformed_credential"],
    ["has a word for a credential", FORM, "credential=hello", 400, "malformed_credential"],
    ["has dots for a credential", FORM, "credential=..", 400, "malformed_credential"],
    ["has the credential's name in capitals", FORM, "CREDENTIAL=a.b.c", 400, "missing_credential"],
    [
      "has a credential with a line break",
      FORM,
      "credential=a.b.c%0A",
      400,
      "malformed_credential",
    ],
    ["has a token of 9 KB", FORM, `credential=${token(9000)}`, 400, "malformed_credential"],
    ["has a token of 8 KB", FORM, `credential=${token(8000)}`, 401, "invalid_credential"],
    ["is not UTF-8", FORM, new Uint8Array([99, 61, 0xff, 0xfe]), 400, "malformed_credential"],
    ["has escapes that are not UTF-8", FORM, "credential=%FF%FE", 400, "malformed_credential"],
    ["has broken escapes", FORM, "credential=%", 400, "malformed_credential"],
    ["is exactly 64 KiB", FORM, long(65_536), 400, "malformed_credential"],
    ["is a byte larger", FORM, long(65_537), 413, "body_too_large"],
    ["is JSON", "application/json", `{"credential":"a.b.c"}`, 415, "not_a_form"],
    ["is plain text", "text/plain", "credential=a.b.c", 415, "not_a_form"],
    ["has no type", null, new Uint8Array([1]), 415, "not_a_form"],
    ["has a type that looks like a form's", `${FORM}x`, "credential=a", 415, "not_a_form"],
    [
      "is a multipart form that is broken",
      "multipart/form-data; boundary=x",
      "y",
      400,
      "malformed_credential",
    ],
    [
      "is a multipart form without boundary",
      "multipart/form-data",
      "y",
      400,
      "malformed_credential",
    ],
  ];
  for (const [what, type, body, status, code] of ROWS) {
    test(`${what} is ${code}`, async () => {
      const headers = {
        "sec-fetch-site": "same-origin",
        ...(type ? { "content-type": type } : {}),
      };
      const response = await post(PATHS.login, headers, body);
      expect(response.status).toBe(status);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(await codeOf(response)).toBe(code);
    });
  }

  test("is a multipart form with a file is malformed, with a text is read", async () => {
    const headers = { "sec-fetch-site": "same-origin" };
    const file = await post(PATHS.login, headers, multipart("credential", new Blob(["a.b.c"])));
    expect(await codeOf(file)).toBe("malformed_credential");
    const other = await post(PATHS.login, headers, multipart("other", "x"));
    expect(await codeOf(other)).toBe("missing_credential");
  });

  test("says how large it is and lies is cut off while it is read", async () => {
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 8192;
        controller.enqueue(new Uint8Array(8192).fill(97));
      },
    });
    const headers = { "sec-fetch-site": "same-origin", "content-type": FORM };
    const response = await post(PATHS.login, headers, endless);
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(200_000);
  });

  test("announces more than 64 KiB is refused at once, on every path", async () => {
    for (const path of [PATHS.login, PATHS.logout, PATHS.page]) {
      const headers = {
        "sec-fetch-site": "same-origin",
        "content-type": FORM,
        "content-length": "65537",
      };
      const response = await post(path, headers, "x");
      expect(response.status).toBe(413);
      expect(await codeOf(response)).toBe("body_too_large");
    }
  });
});

describe("a session cookie that is garbage", () => {
  const VALUES = [
    "",
    "[1]",
    "{}",
    "null",
    "true",
    "%00",
    "%E0%A4%A",
    "A".repeat(42),
    "A".repeat(44),
    "A".repeat(43),
    "../../x",
    "'; drop table sessions --",
    "ä".repeat(43),
  ];
  for (const value of VALUES) {
    test(`"${value.slice(0, 30)}" is anonymous`, async () => {
      const headers = { cookie: `session_id=${encodeURI(value)}; other` };
      const response = await foyer.app.handle(
        new Request(`http://localhost${PATHS.isAuthenticated}`, { headers }),
      );
      expect(response.status).toBe(401);
      expect(response.headers.getSetCookie()).toEqual([]);
      expect(await codeOf(response)).toBe("not_signed_in");
    });
  }
});

describe("a refusal", () => {
  test("is a problem document, and the log has its id", async () => {
    const response = await post(PATHS.login, { "sec-fetch-site": "same-origin" });
    const problem = await response.json();
    expect(Object.keys(problem).sort()).toEqual([
      "code",
      "detail",
      "instance",
      "status",
      "title",
      "type",
    ]);
    expect(problem.instance).toBe(`urn:uuid:${response.headers.get("x-request-id")}`);
    const line = foyer.logLines.find((text) => text.includes(problem.instance.slice(9))) ?? "";
    expect(JSON.parse(line)).toMatchObject({ event: "refused", status: 415, code: "not_a_form" });
  });

  test("does not fill the log with text from strangers", async () => {
    const before = foyer.logLines.length;
    await foyer.app.handle(new Request(`http://localhost/${"x".repeat(12_000)}`));
    expect(foyer.logLines.slice(before).join().length).toBeLessThan(600);
  });

  test("for unreachable Google keys is 503 with Retry-After", async () => {
    const { google } = foyer;
    const other = await createFoyer();
    google.play({ key_set: "failing" });
    try {
      const visitor = other.visitor();
      const response = await visitor.signIn(ADA);
      expect(response.status).toBe(503);
      expect(response.headers.get("retry-after")).toBe("5");
      expect(await codeOf(response)).toBe("keys_unavailable");
    } finally {
      google.play({});
    }
  });
});
