import type { Connection } from "./connection.ts";
import { beforeTime } from "./deadline.ts";

/** So many queries wait on one connection for their answers at most. */
const MOST_SHARED = 8;

/** Nobody gets a connection any more. */
class Closed extends Error {
  readonly code = "closed";
}

/** How a connection is wanted: for one alone, or beside others; and until when. */
interface Wish {
  isShared: boolean;
  until: number;
}

/** A connection, and who uses it. */
interface Place {
  connection: Connection;
  users: number;
  isShared: boolean;
}

/** Who waits for a connection, in the order in which they came. */
interface Waiting {
  isShared: boolean;
  resolve: (connection: Connection) => void;
}

/** Gives connections out: an idle one, a new one, one that others read on; else it waits for one. */
export interface Places {
  /** Rejects with `Late` at the time `until`. */
  take(wish: Wish): Promise<Connection>;
  leave(connection: Connection): void;
  /** Lets nobody else read on it: it may be dead. */
  avoid(connection: Connection): void;
  /** Closes a connection, and with `withIdle` those that nobody uses, too. */
  drop(connection: Connection, options?: { withIdle?: boolean }): void;
  close(seconds: number): Promise<void>;
}

/** Creates `most` places for connections. */
export function createPlaces({ most, open }: { most: number; open: () => Connection }): Places {
  const places = new Map<Connection, Place>();
  const queue: Waiting[] = [];
  let isClosed = false;

  function find(isShared: boolean): Place | null {
    let best: Place | null = null;
    for (const place of places.values()) {
      if (place.connection.isClosed) places.delete(place.connection);
      else if (place.users === 0) return place;
      else if (isShared && place.isShared && place.users < (best?.users ?? MOST_SHARED))
        best = place;
    }
    if (places.size >= most) return best;
    const place = { connection: open(), users: 0, isShared };
    places.set(place.connection, place);
    return place;
  }

  /** Serves who waits. Nobody overtakes: else who wants a connection alone would wait for ever. */
  function serve(): void {
    if (isClosed) return;
    for (let next = queue[0]; next; next = queue[0]) {
      const place = find(next.isShared);
      if (!place) return;
      queue.shift();
      place.isShared = next.isShared;
      place.users += 1;
      next.resolve(place.connection);
    }
  }

  function drop(connection: Connection): void {
    places.delete(connection);
    void connection.close();
  }

  return {
    async take({ isShared, until }) {
      if (isClosed) throw new Closed();
      const { promise, resolve } = Promise.withResolvers<Connection>();
      const waiting = { isShared, resolve };
      queue.push(waiting);
      serve();
      if (!queue.includes(waiting)) return promise;
      return beforeTime(promise, until).catch(async (error) => {
        const position = queue.indexOf(waiting);
        if (position >= 0) queue.splice(position, 1);
        // It was given one in the same moment.
        else leave(await promise);
        throw error;
      });
    },
    leave,
    avoid(connection) {
      const place = places.get(connection);
      if (place) place.isShared = false;
    },
    drop(connection, { withIdle = false } = {}) {
      drop(connection);
      for (const place of places.values())
        if (withIdle && place.users === 0) drop(place.connection);
      serve();
    },
    async close(seconds) {
      isClosed = true;
      await Promise.all([...places.keys()].map((connection) => connection.close(seconds)));
    },
  };

  function leave(connection: Connection): void {
    const place = places.get(connection);
    if (place) place.users -= 1;
    serve();
  }
}
