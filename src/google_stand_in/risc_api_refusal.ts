const STATUS_NAMES: Record<number, string> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
};

/** A refusal of the RISC API, in the error format of all Google APIs. `code` is the HTTP status. */
export class RiscApiRefusal extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** A route of the RISC API. It sends the result of `answer`, or the refusal it throws, as JSON. */
export function serveJson(
  method: "GET" | "POST",
  answer: (request: Request) => Promise<object>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== method) return refuse(new RiscApiRefusal(404, "Not found"));
    try {
      return Response.json(await answer(request));
    } catch (error) {
      if (error instanceof RiscApiRefusal) return refuse(error);
      throw error;
    }
  };
}

function refuse({ code, message }: RiscApiRefusal): Response {
  return Response.json({ error: { code, message, status: STATUS_NAMES[code] } }, { status: code });
}
