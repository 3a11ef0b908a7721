import type { Session, State, Token } from "./state.ts";

/** A state that changes on its own from now on. */
export function copyState(state: State): State {
  const sessions = [...state.sessions].map(([id, session]): [string, Session] => {
    const tokens = [...session.tokens].map(([value, token]): [string, Token] => [
      value,
      { ...token },
    ]);
    const device = session.device && {
      ...session.device,
      tokens: new Map(session.device.tokens),
    };
    return [id, { ...session, tokens: new Map(tokens), device }];
  });
  return {
    people: new Map([...state.people].map(([id, person]) => [id, { ...person }])),
    sessions: new Map(sessions),
    usedNonces: new Set(state.usedNonces),
    keptNonces: new Map(state.keptNonces),
    heardEvents: new Set(state.heardEvents),
    recordedRefusals: new Map(state.recordedRefusals),
    reasons: new Map(state.reasons),
    invitations: new Map(state.invitations),
    google: new Map([...state.google].map(([sub, word]) => [sub, { ...word }])),
    forgotten: { ...state.forgotten },
    events: [...state.events],
    log: { times: [...state.log.times], forgotten: state.log.forgotten },
  };
}

/** Each state once. */
export function withoutDoubles(states: readonly State[]): readonly State[] {
  if (states.length === 1) return states;
  const write = (state: State) =>
    JSON.stringify(state, (_key, value) => {
      if (value instanceof Map) return Object.fromEntries([...value].toSorted(byKey));
      return value instanceof Set ? [...value].toSorted() : value;
    });
  return [...new Map(states.map((state) => [write(state), state])).values()];
}

function byKey([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1;
}
