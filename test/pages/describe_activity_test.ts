import { expect, test } from "bun:test";

import type { AuditEvent } from "../../db/contract/audit.ts";
import { describeActivity } from "../../src/pages/describe_activity.ts";
import { EN } from "../../views/words/en.ts";

const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

const OWN = { seq: 1, at: 0, actorId: "ada", subjectId: "ada" };
const OTHERS = { ...OWN, actorId: null };

const ROWS: [event: AuditEvent, title: string, icon: string, details: string[]][] = [
  [
    { ...OWN, kind: "signed_in", details: { method: "link", userAgent: IPHONE } },
    "Signed in",
    "phone",
    ["Safari on iPhone", "Google’s page"],
  ],
  [
    { ...OWN, kind: "sessions_ended", details: { count: 1 } },
    "Devices signed out",
    "shield",
    ["1 device"],
  ],
  [
    { ...OTHERS, kind: "sessions_ended", details: { count: 2 } },
    "Devices signed out",
    "shield",
    ["By an admin", "2 devices"],
  ],
  [
    { ...OTHERS, kind: "session_ended_by_suspicion", details: {} },
    "Session closed: possible theft",
    "shield",
    ["Someone used an old copy of your session"],
  ],
  [
    { ...OTHERS, kind: "security_event", details: { method: "account_disabled (hijacking)" } },
    "Google security alert",
    "shield",
    ["Account disabled: hijacking"],
  ],
  [
    { ...OTHERS, kind: "security_event", details: { method: "something_new" } },
    "Google security alert",
    "shield",
    ["something_new"],
  ],
  [{ ...OWN, kind: "exported", details: null }, "Data downloaded", "download", []],
  [{ ...OTHERS, kind: "disabled", details: null }, "Account disabled", "shield", ["By an admin"]],
];

for (const [event, title, icon, details] of ROWS) {
  test(`${event.kind} is "${title}", ${details.join(", ")}`, () => {
    expect(describeActivity(event, EN)).toMatchObject({ title, icon, details } as object);
  });
}

test("asks the person to check what may be an attack, and nothing else", () => {
  const alarms = ROWS.filter(([event]) => describeActivity(event, EN).isAlarming);
  expect(alarms.map(([event]) => event.kind)).toEqual([
    "session_ended_by_suspicion",
    "security_event",
    "security_event",
  ]);
});
