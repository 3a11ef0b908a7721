/** Signs a person in at the stand-in. Resolves with the `Cookie` header of the Google session. */
export async function signInAt(origin: string, email: string, cookie = ""): Promise<string> {
  const answer = await fetch(new URL("/signin", origin), {
    method: "POST",
    headers: { Cookie: cookie },
    body: new URLSearchParams({ email }),
  });
  return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
}
