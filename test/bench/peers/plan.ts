/** What a peer is told by the benchmark. */
export interface PeerPlan {
  port: number;
  databasePath: string;
  clientId: string;
  jwksUrl: string;
}

/** The tables of a peer. */
export const PEER_TABLES = `
  create table users (id text primary key, sub text not null unique, email text not null,
    name text not null, picture text not null);
  create table sessions (hash text primary key, user_id text not null references users (id),
    expires_at integer not null)`;
