const STATUS_NAMES: Record<number, string> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
};

/** A refusal of the RISC API, in the form that all of Google's APIs have. */
export class RiscApiRefusal extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** A route of the RISC API: what `answer` returns as JSON, or the refusal that it throws. */
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
