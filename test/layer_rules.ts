/** The room that a file belongs to; the rules below are between rooms. */
export function roomOf(path: string): string {
  const rooms = [
    "src/auth",
    "src/commands",
    "src/examples",
    "src/google_stand_in",
    "src/http",
    "src/metrics",
    "src/pages",
    "src/routes",
    "src/session",
    "views/browser",
    "views",
    "db/contract",
    "db",
  ];
  return rooms.find((room) => path.startsWith(`${room}/`)) ?? path;
}

/** What nearly every room may know: the words of refusals, and the addresses. */
const GROUND = ["src/errors.ts", "src/paths.ts", "src/log.ts"];
/** What reads one group of settings. */
const READING = ["src/config_reader.ts", "src/config_values.ts"];
const ELYSIA = ["elysia", /^@elysiajs\//];

/** What each room may import, by room, file or package; type-only imports have their own rule. */
export const ALLOWED: Record<string, (string | RegExp)[]> = {
  "src/auth": ["src/auth", "src/errors.ts", "src/paths.ts", "jose", "node:crypto"],
  "src/http": [
    "src/http",
    "src/config_networks.ts",
    "src/config_values.ts",
    "views",
    ...GROUND,
    ...ELYSIA,
    "node:zlib",
  ],
  "src/session": ["src/session", "src/http", "src/auth", ...GROUND, ...ELYSIA],
  "src/pages": [
    "src/pages",
    "src/session",
    "src/http",
    "src/auth",
    "views",
    // Lists of what can be asked for; no code.
    "db/contract",
    ...GROUND,
    ...ELYSIA,
    "bowser",
  ],
  "src/routes": [
    "src/routes",
    "src/pages",
    "src/session",
    "src/http",
    "src/auth",
    "views",
    ...GROUND,
    ...ELYSIA,
  ],
  views: ["views", "src/paths.ts", "src/errors.ts", "@elysiajs/html", "@kitajs/html"],
  "views/browser": ["views/browser", "src/paths.ts", "htmx.org"],
  "db/contract": ["db/contract", "db/table.ts", "db/tables.ts"],
  db: ["db", "db/contract", /^drizzle-/, "bun:sqlite", "node:crypto", "node:fs", "node:path"],
  "src/google_stand_in": ["src/google_stand_in", "src/config_values.ts", "jose", "@elysiajs/html"],
  "src/machine.ts": [],
  "src/sweeper.ts": [],
  "src/app.ts": ["src/routes", "src/pages", "src/session", "src/http", "elysia"],
  "src/descriptors.ts": ["node:fs"],
  "src/listen.ts": ["src/config_values.ts"],
  "src/start_warnings.ts": ["src/config_tls.ts", "src/config_values.ts", "node:fs"],
  "src/signals.ts": ["src/server.ts"],
  "src/metrics": [
    "src/metrics",
    "src/config_values.ts",
    "src/descriptors.ts",
    "src/errors.ts",
    "src/http",
    "src/listen.ts",
    "src/paths.ts",
    "src/session",
    "prom-client",
    "node:process",
  ],
  "src/log_output.ts": ["node:fs"],
  "src/log_sink.ts": ["src/http", "@logtape/logtape"],
  "src/server.ts": [
    "src/app.ts",
    "src/auth",
    "src/descriptors.ts",
    "src/http",
    "src/listen.ts",
    "src/metrics",
    "src/session",
    "src/sweeper.ts",
  ],
  "src/exit.ts": ["db", "src/commands", "src/config.ts", "src/listen.ts", "src/terminal.ts"],
  "src/terminal.ts": ["node:fs", "node:readline"],
  "src/assets.ts": ["src/paths.ts", "node:zlib"],
  "src/build.ts": [/^src\/build_\w+\.ts$/, "node:fs", "node:path", "node:util"],
  "src/build_assets.ts": ["node:fs", "node:zlib"],
  "src/build_info.ts": ["package.json"],
  "src/build_licences.ts": ["src/build_info.ts", "bun:sqlite", "node:fs", "node:path"],
  "src/config.ts": [/^src\/config_\w+\.ts$/],
  "src/config_check.ts": ["src/config.ts", "src/config_names.ts"],
  "src/config_names.ts": ["src/config.ts"],
  "src/config_operation.ts": [...READING, "src/config_tls.ts"],
  "src/config_tls.ts": ["node:crypto", "node:fs", "node:net"],
  "src/config_address.ts": READING,
  "src/config_admission.ts": READING,
  "src/config_networks.ts": ["ipaddr.js"],
  "src/config_brand.ts": ["src/auth/email_address.ts", ...READING, "node:fs"],
  "src/config_conflicts.ts": ["src/config_tls.ts", "src/config_values.ts"],
  "src/config_values.ts": ["src/auth/email_address.ts"],
  // What other programs are configured with: text, filled in from settings.
  "src/examples": ["src/examples", "node:path"],
  "src/commands": [
    "src/commands",
    "src/examples",
    "db",
    "db/contract",
    "src/auth",
    "src/build_info.ts",
    /^src\/config(?:_address|_check|_conflicts|_names|_values)?\.ts$/,
    "src/paths.ts",
    "jose",
    /^node:(?:fs|os|path|tls|util)$/,
  ],
};

/** What is only a shape, and may be named from anywhere above. */
export const FREE_TYPES = [
  "src/config.ts",
  "src/config_brand.ts",
  "src/auth",
  "db/contract",
  "src/log.ts",
  "src/machine.ts",
  "src/terminal.ts",
  "src/session/app_context.ts",
  "src/assets.ts",
  "src/build_assets.ts",
];
