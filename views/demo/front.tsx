import { Html } from "@elysiajs/html";

/** The public front page. */
export function FrontPage() {
  return (
    <>
      <section class="hero">
        <h1>Welcome to the foyer</h1>
        <p class="lead">
          A front door for a small web application: sign in with Google, and every part of the page
          follows who you are.
        </p>
      </section>
      <section class="cards" aria-label="How it works">
        <article class="card">
          <h2>1. Sign in</h2>
          <p>
            Google says who you are with a signed token. The server checks it, and makes a session
            that is yours alone.
          </p>
        </article>
        <article class="card">
          <h2>2. Look around</h2>
          <p>
            The members' pages open. The navigation bar shows your name, because it loads itself
            whenever the login status changes.
          </p>
        </article>
        <article class="card">
          <h2>3. Sign out</h2>
          <p>
            The session ends on the server at once, and what only members may see leaves the page
            with you.
          </p>
        </article>
      </section>
    </>
  );
}
