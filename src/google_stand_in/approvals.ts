/** Which clients somebody has signed in to, as their account at Google lists them. */
export interface Approvals {
  /** The ids of the clients that `sub` has approved. */
  clientsOf(sub: string): string[];
  hasApproved(sub: string, clientId: string): boolean;
  approve(sub: string, clientId: string): void;
  withdraw(sub: string, clientId: string): void;
}

/** Nobody has approved anything yet. */
export function createApprovals(): Approvals {
  const approved = new Map<string, Set<string>>();
  return {
    clientsOf: (sub) => [...(approved.get(sub) ?? [])],
    hasApproved: (sub, clientId) => approved.get(sub)?.has(clientId) ?? false,
    approve(sub, clientId) {
      approved.set(sub, (approved.get(sub) ?? new Set()).add(clientId));
    },
    withdraw(sub, clientId) {
      approved.get(sub)?.delete(clientId);
    },
  };
}
