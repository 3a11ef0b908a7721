import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createMetrics } from "../../src/metrics/metrics.ts";
import { runInProcess } from "../commands/run_in_process.ts";
import { PROMTOOL } from "../programs.ts";

const folder = mkdtempSync(join(tmpdir(), "foyer-alerts-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** In these tests the world begins at 0, a sample is taken each minute, and what fires is asked after three hours. */
const MINUTES = 180;
const HOUR = 3600;
const AN_HOUR_AGO = MINUTES * 60 - HOUR;

const A_DAY_LATER = 26 * 60;
const forEver = (value: number) => `${value}x${A_DAY_LATER}`;
const growing = (perMinute: number) => `0+${perMinute}x${MINUTES}`;
/** Nothing until the last half hour, and then so much a minute. */
const suddenly = (perMinute: number) => `0x${MINUTES - 31} 0+${perMinute}x30`;

const AT = 'instance="a", job="foyer"';
const DURATION = "foyer_http_request_duration_seconds_bucket";
const WRITE = "foyer_database_write_duration_seconds_bucket";
const LAG = "foyer_event_loop_lag_seconds_bucket";
const SIGNED_IN = `foyer_sign_ins_total{outcome="signed_in", ${AT}}`;
const REFUSED_SIGN_IN = `foyer_sign_ins_total{outcome="email_not_allowed", ${AT}}`;
const REFUSAL = `foyer_refusals_total{code="bad_parameter", ${AT}}`;
const UNPROVED = `foyer_bindings_total{outcome="missing", ${AT}}`;
const FAILURE = `foyer_http_requests_total{method="GET", route="/spa", status="503", ${AT}}`;

/** An ordinary day. */
const CALM: Record<string, string> = {
  [`up{${AT}}`]: forEver(1),
  [`process_start_time_seconds{${AT}}`]: forEver(0),
  [`foyer_database_up{${AT}}`]: forEver(1),
  [`foyer_google_keys_timestamp_seconds{${AT}}`]: forEver(AN_HOUR_AGO),
  [`foyer_last_backup_timestamp_seconds{${AT}}`]: forEver(AN_HOUR_AGO),
  [`foyer_http_requests_total{method="GET", route="/spa", status="200", ${AT}}`]: growing(60),
  [FAILURE]: forEver(0),
  [SIGNED_IN]: growing(1),
  [REFUSED_SIGN_IN]: growing(1),
  [REFUSAL]: growing(30),
  [UNPROVED]: growing(2),
  [`foyer_bindings_total{outcome="refreshed", ${AT}}`]: growing(20),
  [`foyer_refusals_total{code="not_signed_in", ${AT}}`]: suddenly(5000),
  [`process_open_fds{${AT}}`]: forEver(500),
  [`process_max_fds{${AT}}`]: forEver(65_536),
  'node_filesystem_avail_bytes{fstype="ext4", instance="a", mountpoint="/"}': forEver(50),
  'node_filesystem_size_bytes{fstype="ext4", instance="a", mountpoint="/"}': forEver(100),
  ...histogram(DURATION, "0.1"),
  ...histogram(WRITE, "0.01"),
  ...histogram(LAG, "0.05"),
};

/** A histogram in which everything takes at most `le` seconds. */
function histogram(name: string, le: string): Record<string, string> {
  const bounds = ["0.01", "0.05", "0.1", "0.5", "1", "+Inf"];
  const rows = bounds.map((bound) => {
    const isBelow = bound !== "+Inf" && Number(bound) < Number(le);
    return [`${name}{le="${bound}", ${AT}}`, growing(isBelow ? 0 : 60)] as const;
  });
  return Object.fromEntries(rows);
}

/** What makes each alert fire, and no other. */
const TROUBLE: Record<string, Record<string, string>> = {
  FoyerDown: { [`up{${AT}}`]: forEver(0) },
  FoyerRestarts: { [`process_start_time_seconds{${AT}}`]: `0x${MINUTES - 20} 1+1x19` },
  FoyerDatabaseDown: { [`foyer_database_up{${AT}}`]: forEver(0) },
  FoyerNotReady: { [`foyer_google_keys_timestamp_seconds{${AT}}`]: forEver(0) },
  FoyerKeysOld: { [`foyer_google_keys_timestamp_seconds{${AT}}`]: forEver(1) },
  FoyerBackupOld: { [`foyer_last_backup_timestamp_seconds{${AT}}`]: forEver(-36 * HOUR) },
  FoyerErrors: { [FAILURE]: suddenly(5) },
  FoyerSlow: histogram(DURATION, "1"),
  FoyerWritesSlow: histogram(WRITE, "0.5"),
  FoyerLate: histogram(LAG, "1"),
  FoyerNobodySignsIn: { [SIGNED_IN]: forEver(7), [REFUSED_SIGN_IN]: suddenly(2) },
  FoyerRefusals: { [REFUSAL]: suddenly(100) },
  FoyerDevicesNotProved: { [UNPROVED]: suddenly(6) },
  FoyerFilesShort: { [`process_open_fds{${AT}}`]: forEver(60_000) },
  FoyerDiskFull: {
    'node_filesystem_avail_bytes{fstype="ext4", instance="a", mountpoint="/"}': forEver(5),
  },
};

/** The tests of one day, as promtool takes them (JSON is YAML). */
function testOf(series: Record<string, string>, firing: string[], at = MINUTES) {
  const input = Object.entries(series).map(([name, values]) => ({ series: name, values }));
  const fires = 'count by (alertname) (ALERTS{alertstate="firing"})';
  const samples = firing.map((name) => ({ labels: `{alertname="${name}"}`, value: 1 }));
  return {
    interval: "1m",
    input_series: input,
    promql_expr_test: [{ expr: fires, eval_time: `${at}m`, exp_samples: samples }],
  };
}

async function printRules(): Promise<{ rules: string; path: string }> {
  const rules = await runInProcess(["example", "alerts"], { METRICS_PORT: "9464" });
  const path = join(folder, "foyer.yml");
  writeFileSync(path, rules);
  return { rules, path };
}

function promtool(...args: string[]) {
  const { exitCode, stdout, stderr } = Bun.spawnSync([PROMTOOL.path, ...args]);
  return { exitCode, said: stdout.toString() + stderr.toString() };
}

describe.skipIf(!PROMTOOL.isInstalled)("the alert rules", () => {
  test("are rules that Prometheus takes", async () => {
    const { path } = await printRules();
    expect(promtool("check", "rules", path)).toMatchObject({ exitCode: 0 });
  });

  test("are silent on an ordinary day, and each fires in its own trouble alone", async () => {
    const { path } = await printRules();
    const { FoyerKeysOld, ...others } = TROUBLE;
    const days = Object.entries(others).map(([name, change]) =>
      testOf({ ...CALM, ...change }, [name]),
    );
    // Keys from the beginning of the world are old a day later, when nothing else is left of it.
    const late = testOf(FoyerKeysOld ?? {}, ["FoyerKeysOld"], A_DAY_LATER);
    const tests = [testOf(CALM, []), ...days, late];
    const file = join(folder, "test.yml");
    writeFileSync(file, JSON.stringify({ rule_files: [path], evaluation_interval: "5m", tests }));
    const { exitCode, said } = promtool("test", "rules", file);
    expect(said).toEndWith("SUCCESS\n\n");
    expect(exitCode).toBe(0);
  }, 30_000);
});

test("each alert rule is tested, and knows only metrics that there are", async () => {
  const { rules } = await printRules();
  const names = [...rules.matchAll(/- alert: (\w+)/g)].map(([, name = ""]) => name);
  expect(names.toSorted()).toEqual(Object.keys(TROUBLE).toSorted());
  const text = await createMetrics({ version: "1", commit: "2", bun: "3" }).write();
  const known = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
  const used = [...rules.matchAll(/\b(?:foyer|process)_[a-z_]+(?=[{\s[)]| )/g)]
    .map(([name]) => name.replace(/_bucket$/, ""))
    .filter((name) => name !== "google_keys_not_fetched");
  expect(used.length).toBeGreaterThan(15);
  expect(used.filter((name) => !known.includes(name))).toEqual([]);
});
