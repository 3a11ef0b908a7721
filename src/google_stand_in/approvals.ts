/** Which clients each person has approved, as a Google account lists them. */
export interface Approvals {
  /** The client ids that `sub` has approved. */
  clientsOf(sub: string): string[];
  hasApproved(sub: string, clientId: string): boolean;
  approve(sub: string, clientId: string): void;
  withdraw(sub: string, clientId: string): void;
}

/** Creates an empty list of approvals, in memory. */
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
