type Configuration = google.accounts.id.IdConfiguration;
type ButtonLook = google.accounts.id.GsiButtonConfiguration;

const BOOLEANS = ["auto_select", "cancel_on_tap_outside", "itp_support", "use_fedcm_for_button"];

/** The configuration in the attributes of `#g_id_onload`; callbacks are named there, and global. */
export function readConfiguration({ dataset }: HTMLElement): Configuration {
  const { callback, client_id = "", ...rest } = dataset;
  const options = Object.entries(rest).map(([name, value]) => [
    name,
    BOOLEANS.includes(name) ? value === "true" : value,
  ]);
  const found = callback ? Reflect.get(window, callback) : undefined;
  if (callback && typeof found !== "function") {
    console.warn(`[GSI_LOGGER]: The value of 'callback' is not a function: ${callback}.`);
  }
  return { ...Object.fromEntries(options), client_id, callback: found };
}

/** The look in the attributes of a `.g_id_signin`. */
export function readButtonLook({ dataset }: HTMLElement): ButtonLook {
  const { click_listener, width, ...look } = dataset;
  return {
    ...(look as Partial<ButtonLook>),
    type: look.type === "icon" ? "icon" : "standard",
    ...(width ? { width: Number.parseInt(width, 10) } : {}),
    ...(click_listener ? { click_listener: Reflect.get(window, click_listener) } : {}),
  };
}
