/** The `text` of a button. */
export type ButtonText = "signin_with" | "signup_with" | "continue_with" | "signin";

/** A language of the button. */
export interface ButtonLanguage {
  tag: string;
  direction: "ltr" | "rtl";
  words: Record<ButtonText, string>;
}

const ENGLISH: ButtonLanguage = {
  tag: "en",
  direction: "ltr",
  words: {
    signin_with: "Sign in with Google",
    signup_with: "Sign up with Google",
    continue_with: "Continue with Google",
    signin: "Sign in",
  },
};

/** Some of Google's languages: two long ones, one with accents, one from right to left. */
const LANGUAGES: ButtonLanguage[] = [
  ENGLISH,
  {
    tag: "de",
    direction: "ltr",
    words: {
      signin_with: "Über Google anmelden",
      signup_with: "Über Google registrieren",
      continue_with: "Weiter mit Google",
      signin: "Anmelden",
    },
  },
  {
    tag: "fr",
    direction: "ltr",
    words: {
      signin_with: "Se connecter avec Google",
      signup_with: "S'inscrire avec Google",
      continue_with: "Continuer avec Google",
      signin: "Se connecter",
    },
  },
  {
    tag: "es",
    direction: "ltr",
    words: {
      signin_with: "Iniciar sesión con Google",
      signup_with: "Registrarse con Google",
      continue_with: "Continuar con Google",
      signin: "Iniciar sesión",
    },
  },
  {
    tag: "ar",
    direction: "rtl",
    words: {
      signin_with: "تسجيل الدخول باستخدام Google",
      signup_with: "الاشتراك باستخدام Google",
      continue_with: "المتابعة باستخدام Google",
      signin: "تسجيل الدخول",
    },
  },
];

/**
 * The language of a button: of `locale` (like `de` or `de_AT`) if it is set, else the first known one that
 * `accepted` (the header `Accept-Language`) names. English if it is unknown.
 */
export function findLanguage(locale: string, accepted: string): ButtonLanguage {
  const wanted = locale ? [locale] : accepted.split(",");
  for (const name of wanted) {
    const tag = name.trim().split(/[-_;]/)[0]?.toLowerCase();
    const found = LANGUAGES.find((language) => language.tag === tag);
    if (found) return found;
  }
  return ENGLISH;
}
