/** HTML of ours inside a sentence, such as a link. */
export type Markup = JSX.Element;
