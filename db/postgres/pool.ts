import type { SQL } from "bun";

import type { PostgresAddress } from "../../src/config/database.ts";
import { openConnection } from "./connection.ts";
import { DEADLINE_MS, Late } from "./deadline.ts";
import { codeOf, isLost } from "./errors.ts";
import { createPlaces } from "./places.ts";

/** What nobody waits for any more has so long to end by itself, before its connection is closed. */
const GRACE_MS = 1000;
const CLOSE_SECONDS = 1;

/** A piece of work for a connection. */
export interface Errand<T> {
  run: (sql: SQL) => Promise<T>;
  /** Whether other queries may be sent before this one is answered. */
  isShared: boolean;
  /** When nobody waits for it any more, by `performance.now()`. */
  until: number;
}

/** The connections of a process. Each is replaced when it is lost, or says nothing. */
export interface Pool {
  /** Runs work on a connection. Rejects with {@linkcode Late} when its time is over. */
  use<T>(errand: Errand<T>): Promise<T>;
  /** Cuts off after a second what still runs. */
  close(): Promise<void>;
}

/** Opens a pool. It connects when it is first used. */
export function createPool(address: PostgresAddress, deadlineMs = DEADLINE_MS): Pool {
  const places = createPlaces({
    most: address.connections,
    open: () => openConnection(address, deadlineMs),
  });

  return {
    async use<T>({ run, isShared, until }: Errand<T>): Promise<T> {
      const connection = await places.take({ isShared, until });
      const { promise, resolve, reject } = Promise.withResolvers<T>();
      const onSilence = () => places.drop(connection, { withIdle: true });
      const onLate = () => {
        reject(new Late());
        places.avoid(connection);
        timer = setTimeout(onSilence, GRACE_MS);
      };
      let timer = setTimeout(onLate, until - performance.now());
      const finish = (settle: () => void, isUsable: boolean) => {
        clearTimeout(timer);
        if (!isUsable) places.drop(connection);
        places.leave(connection);
        settle();
      };
      let isOpen = false;
      connection.isOpen
        .then(() => {
          isOpen = true;
          return run(connection.sql);
        })
        .then(
          (outcome) => finish(() => resolve(outcome), true),
          (error: unknown) => finish(() => reject(error), isOpen && !isLost(codeOf(error))),
        );
      return promise;
    },
    close: () => places.close(CLOSE_SECONDS),
  };
}
