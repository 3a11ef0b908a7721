/** What the words of a refusal can name: text, or HTML of ours; `null` if it is not known. */
export interface RefusalParts {
  /** The email address of the refused account. */
  email: string | null;
  /** What a protected application is called. */
  site: string | null;
  /** When an admin disabled it. */
  date: string | null;
  /** How administrators sign in to Google: "security key or password". */
  proofs: string | null;
  /** How to reach the people who run the application. */
  contact: string | null;
}

type Text = string | ((parts: RefusalParts) => string);

/** The words of one refusal: what happened, and what a person can do. */
export interface RefusalWords {
  title: Text;
  text?: Text;
}

/** The words with their parts. */
export function say(text: Text, parts: RefusalParts): string {
  return typeof text === "string" ? text : text(parts);
}

/** A refusal in one or two sentences, for where no card stands. */
export function describeRefusal({ title, text }: RefusalWords, parts: RefusalParts): string {
  return [title, text]
    .filter((words) => words !== undefined)
    .map((words) => say(words, parts))
    .map((words) => (/[.…?]$/.test(words) ? words : `${words}.`))
    .join(" ");
}
