/** Adds Google's styles, unless the page has elements with the same ids. */
export function addStyles(base: string): void {
  if (!document.getElementById("googleidentityservice_button_styles")) {
    const style = document.createElement("style");
    style.id = "googleidentityservice_button_styles";
    style.textContent = ".S9gUrf-YoZ4jf{position:relative}";
    document.head.append(style);
  }
  if (document.getElementById("googleidentityservice")) return;
  const link = document.createElement("link");
  link.id = "googleidentityservice";
  link.rel = "stylesheet";
  link.href = `${base}/gsi/style`;
  document.head.append(link);
}
