import { freePort } from "../foyer_process.ts";
import { createDataFolder, createFolder, postgresCommand } from "./data_folder.ts";
import { type Databases, databasesAt } from "./databases.ts";
import { startKeeper } from "./keeper.ts";
import { type Postmaster, signalAll, startPostmaster } from "./postmaster.ts";

/** How PostgreSQL stops: as in a crash, or in good order. */
export type StopMode = "immediate" | "fast";

/** What a test wants of its PostgreSQL. */
export interface PostgresOptions {
  /** Whether it waits for the disk, as outside tests. */
  durable?: boolean;
  /** More settings of `postgresql.conf`, by name. */
  settings?: Record<string, string>;
}

/** A real PostgreSQL of a test's own, on loopback. */
export interface PostgresServer extends Databases, AsyncDisposable {
  port: number;
  /** Where its data stand, until it is disposed of or its test file ends. */
  folder: string;
  /** The process id of the postmaster, or `null` while it is stopped. */
  readonly pid: number | null;
  /** What it has logged, over all its starts. */
  log(): string;
  /** Stops it, frozen or not, and resolves when none of its processes is left. The data stay. */
  stop(mode?: StopMode): Promise<void>;
  /** Starts it again, on the same port. */
  start(): Promise<void>;
  restart(mode?: StopMode): Promise<void>;
  /** Makes all its processes stand still: clients get neither an answer nor an error. */
  freeze(): void;
  thaw(): void;
}

const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "500",
  shared_buffers: "32MB",
  synchronous_commit: "on",
};
const NOT_DURABLE = { fsync: "off", full_page_writes: "off" };
const SIGNALS = { immediate: "SIGQUIT", fast: "SIGINT" } as const;
const PORT_IS_TAKEN = "could not create any TCP/IP sockets";
const MOST_TRIES = 5;

/** Starts a PostgreSQL from this machine's own programs. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const folder = await createFolder();
  const keeper = startKeeper(folder);
  const data = await createDataFolder(folder);
  const settings = {
    ...SETTINGS,
    ...(options.durable ? {} : NOT_DURABLE),
    ...options.settings,
  };
  let port = freePort();
  let postmaster: Postmaster | null = null;
  let log = "";

  async function start() {
    if (postmaster) return;
    const flags = Object.entries({ ...settings, port }).map(
      ([name, value]) => `-c${name}=${value}`,
    );
    const command = postgresCommand(["postgres", "-D", data, ...flags]);
    const started = startPostmaster(command, (text) => (log += text));
    postmaster = started;
    keeper.watch(started.pid);
    void started.ended.then(() => {
      postmaster = null;
      keeper.watch(null);
    });
    await started.ready;
  }

  async function stop(mode: StopMode = "immediate") {
    if (!postmaster) return;
    signal("CONT");
    process.kill(postmaster.pid, SIGNALS[mode]);
    await postmaster.ended;
  }

  function signal(name: "STOP" | "CONT") {
    if (postmaster) signalAll(name, postmaster.pid);
  }

  /** Another process may take the port between our looking and PostgreSQL's. */
  async function startOnFreePort(tries = MOST_TRIES) {
    try {
      await start();
    } catch (error) {
      if (tries === 1 || !String(error).includes(PORT_IS_TAKEN)) throw error;
      port = freePort();
      await startOnFreePort(tries - 1);
    }
  }

  await startOnFreePort();
  return {
    port,
    folder,
    get pid() {
      return postmaster?.pid ?? null;
    },
    log: () => log,
    ...databasesAt(port),
    stop,
    start,
    async restart(mode) {
      await stop(mode);
      await start();
    },
    freeze: () => signal("STOP"),
    thaw: () => signal("CONT"),
    async [Symbol.asyncDispose]() {
      await stop();
      await keeper.clearUp();
    },
  };
}

let shared: Promise<PostgresServer> | null = null;

/**
 * The PostgreSQL that a test file shares. Ask first in a `beforeAll` of 60 seconds: the first start
 * on a machine runs `initdb`. A test that runs out of its time takes the server with it.
 */
export function sharedPostgres(): Promise<PostgresServer> {
  shared ??= startPostgres();
  return shared;
}
