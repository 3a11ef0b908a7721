/** Whether the application itself answered: not a proxy in front of it, and not a captive portal. */
export function isOurs({ headers }: Pick<Response, "headers">): boolean {
  return headers.get("X-Answered-By") === "application";
}

/** For whom an answer of ours is: the person and their rights; "" for an anonymous person. */
export function readViewer({ headers }: Pick<Response, "headers">): string {
  return headers.get("X-Answered-For") ?? "";
}
