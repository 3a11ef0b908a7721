import { trusted } from "../page/trusted.ts";

let loading: Promise<void> | null = null;

/** Loads Google's script once. After a failure, the next call tries again. */
export function loadGoogleScript(url: string): Promise<void> {
  loading ??= insertScript(url).catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

function insertScript(url: string): Promise<void> {
  const script = document.createElement("script");
  script.src = trusted.createScriptURL(url);
  script.async = true;
  return new Promise((resolve, reject) => {
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => {
      script.remove();
      reject(new Error(`Cannot load ${url}`));
    });
    document.head.append(script);
  });
}
