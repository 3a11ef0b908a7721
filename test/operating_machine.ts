import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Folders of a Debian that the shell blocks write to. */
const FOLDERS = [
  "etc/caddy",
  "etc/haproxy",
  "etc/nginx/conf.d",
  "etc/systemd/system",
  "home",
  "usr/local/bin",
  "var/backups",
  "var/lib/foyer",
];

/** What needs root or systemd, and what stands for it here; the first says that it was not run. */
const STAND_INS: Record<string, string> = {
  "useradd apt-get": `echo "NOT RUN: \${0##*/} $*"`,
  // There is one user only.
  runuser: `shift 3; exec "$@"`,
  // Starts what a unit's ExecStart names, in the unit's environment, and waits for its ExecStartPost.
  systemctl: `unit="$ROOT/etc/systemd/system/\${@: -1}"; unit="\${unit%.service}"; unit="\${unit%.timer}.service"
value() { sed -n "s|^$1=||p" "$unit" | tail -n 1 | sed -E "s#(^-?|[ =:])/(etc|usr/local|var)/#\\1$ROOT/\\2/#g"; }
run() { cd "$ROOT/var/lib/foyer"; mapfile -t variables < <(value Environment | tr -d '"'; sed "s/='\\(.*\\)'\$/=\\1/" "$(value EnvironmentFile)"); exec env -i PATH="$PATH" "\${variables[@]}" \${1#-}; }
case $1 in daemon-reload | reload) echo "NOT RUN: systemctl $*"; exit ;; restart) kill "$(cat "$ROOT/pid")"; tail --pid="$(cat "$ROOT/pid")" -f /dev/null ;; esac
if [ "$(value Type)" = oneshot ]; then (run "$(value ExecStart)"); exit; fi
run "$(value ExecStart)" >> "$ROOT/foyer.log" 2>&1 & echo $! > "$ROOT/pid"
(run "$(value ExecStartPost)")`,
};

/** A folder that holds what a machine holds, for a user who may do nothing else. */
export class Machine {
  readonly root = mkdtempSync(join(tmpdir(), "foyer-machine-"));
  /** The id of the user, if this process may choose one. */
  readonly #user = process.getuid?.() === 0 ? 65_534 : null;

  constructor() {
    for (const folder of FOLDERS) mkdirSync(join(this.root, folder), { recursive: true });
    for (const [names, script] of Object.entries(STAND_INS)) {
      for (const name of names.split(" ")) this.#addProgram(name, script);
    }
    if (this.#user !== null) this.#own(this.root, this.#user);
  }

  /** A path of the machine's home folder, which the shell starts in. */
  home(name: string): string {
    return join(this.root, "home", name);
  }

  /** Runs shell text in which the machine's folders begin at its root. */
  async run(text: string) {
    const script = text.replaceAll(/(?<=^|[\s=:"])(?=\/(?:etc|usr\/local|var)\/)/gm, this.root);
    const id = String(this.#user);
    const asUser = ["setpriv", `--reuid=${id}`, `--regid=${id}`, "--clear-groups"];
    const shell = Bun.spawn(
      [...(this.#user === null ? [] : asUser), "bash", "-euo", "pipefail", "-c", script],
      {
        cwd: join(this.root, "home"),
        env: {
          ROOT: this.root,
          PATH: `${join(this.root, "usr/local/bin")}:${process.env.PATH ?? ""}`,
        },
        stderr: "pipe",
      },
    );
    const [stdout, stderr] = await Promise.all([
      new Response(shell.stdout).text(),
      new Response(shell.stderr).text(),
    ]);
    return { exitCode: await shell.exited, stdout, stderr };
  }

  #addProgram(name: string, script: string): void {
    const path = join(this.root, "usr/local/bin", name);
    writeFileSync(path, `#!/usr/bin/env bash\nset -eu\n${script}\n`);
    chmodSync(path, 0o755);
  }

  #own(path: string, user: number): void {
    chownSync(path, user, user);
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) this.#own(inner, user);
      else chownSync(inner, user, user);
    }
  }
}
