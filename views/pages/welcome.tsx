import { Html } from "@elysiajs/html";

/** The front page of an application without its own. */
export function WelcomePage() {
  return (
    <section class="hero">
      <h1>Welcome</h1>
      <p class="lead">Sign in with Google to continue.</p>
    </section>
  );
}
