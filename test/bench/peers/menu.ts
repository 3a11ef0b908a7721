/** The entries of the navigation bar. */
export const MENU = [
  { path: "/spa", name: "content.top", title: "Home" },
  { path: "/spa/content.list", name: "content.list", title: "Customers" },
  { path: "/spa/content.secret1", name: "content.secret1", title: "Members" },
  { path: "/spa/content.secret2", name: "content.secret2", title: "Library" },
];

/** The paths of icons. */
export const ICONS = {
  menu: "M4 7h16M4 12h16M4 17h16",
  down: "M6 9l6 6 6-6",
  account: "M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8M4 21a8 8 0 0 1 16 0",
  switch: "M4 8h13l-3-3M20 16H7l3 3",
  out: "M9 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h3M14 8l4 4-4 4M18 12H9",
};
