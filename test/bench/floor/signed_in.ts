import type { Database } from "bun:sqlite";

import { hash, readCookie } from "./cookie.ts";
import type { FloorPlan } from "./plan.ts";

type Person = Record<"session" | "email" | "name" | "picture", string>;

/** Answers that depend on who is signed in: one statement on two tables, a template, ready headers. */
export function signedInAnswers({ navbar, content }: FloorPlan, database: Database) {
  // With `+?1` Bun's SQLite does not plan anew for each bound value.
  const findPerson = database.query<Person, [string, number]>(
    `select found.id as session, email, name, picture
     from floor_users, (select id, user_id from floor_sessions where hash = +?1 and ends_at > ?2) found
     where floor_users.id = found.user_id and disabled_at is null`,
  );
  const [beforeId, beforePicture, beforeName, beforeFull, beforeEmail, rest] = navbar.texts;

  function answerWith(headers: Headers, draw: (person: Person) => string) {
    return (request: Request): Response => {
      const token = readCookie(request.headers.get("cookie") ?? "", "session_id");
      const person = findPerson.get(hash(token), Date.now());
      if (!person) return new Response("Not signed in", { status: 401 });
      return new Response(draw(person), { headers });
    };
  }

  return {
    navbar: answerWith(new Headers(navbar.headers), (person) => {
      const [email, picture, name] = [person.email, person.picture, person.name].map(
        Bun.escapeHTML,
      );
      return `${beforeId}${person.session}${beforePicture}${picture}${beforeName}${name}${beforeFull}${name}${beforeEmail}${email}${rest}`;
    }),
    content: answerWith(new Headers(content.headers), () => content.body),
  };
}
