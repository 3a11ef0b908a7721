import { createFormats } from "./formats.ts";

const { number, plural } = createFormats("en-GB");
const SIGN_INS = { one: "sign-in", other: "sign-ins" };

/** The words of the pages for administrators, in English. */
export const EN_ADMIN = {
  overview: {
    title: "Overview",
    people: "People",
    sessions: "Active sessions",
    signInsIn: (days: number) => `Sign-ins, ${days} days`,
    blockedIn: (days: number) => `Blocked, ${days} days`,
    byDay: "Sign-ins by day",
    lastDays: (days: number) => `Last ${days} days, days in UTC`,
    showTable: "Show as table",
    table: "Sign-ins by day, as a table",
    day: "Day",
    signIns: "Sign-ins",
    blocked: "Blocked",
    blockedSignIns: "Blocked sign-ins",
    chart: (first: string, last: string) =>
      `Sign-ins and blocked sign-ins by day, ${first} to ${last}`,
    between: (least: number, most: number) =>
      `Between ${number(least)} and ${number(most)} sign-ins a day.`,
    mostBlocked: (count: number, day: string) =>
      `Most blocked sign-ins: ${number(count)} on ${day}.`,
    noneBlocked: "No blocked sign-ins.",
    busiest: (count: number, day: string) => `Busiest day: ${number(count)} (${day})`,
    onDay: (day: string, signIns: number, blocked: number) =>
      `${day}: ${plural(signIns, SIGN_INS)}, ${number(blocked)} blocked`,
    attention: "Needs attention",
    blockedOn: (count: number, day: string) => `${number(count)} blocked sign-ins on ${day}`,
    mostly: (reason: string) => `Most: ${reason.toLowerCase()}`,
    openLog: "Open audit log",
    disabledByGoogle: (count: number) =>
      `${plural(count, { one: "account", other: "accounts" })} disabled by Google`,
    googleThinks: "Google thinks that someone else used them",
    showPeople: "Show people",
  },

  people: {
    title: "People",
    search: "Search by name or email",
    submit: "Search",
    clear: "Clear search",
    filter: "Filter",
    filters: { all: "All", active: "Active", admins: "Admins", disabled: "Disabled" },
    list: "List of people",
    columns: { name: "Name", email: "Email", signed_in: "Last sign-in", created: "Joined" },
    sortedBy: (column: string) => `People, sorted by ${column.toLowerCase()}`,
    range: (first: number, last: number, count: number) =>
      `${number(first)}–${number(last)} of ${number(count)}`,
    rangeOfMore: (first: number, last: number, count: number) =>
      `${number(first)}–${number(last)} of more than ${number(count)}`,
    noMatch: (search: string) => `No one matches “${search}”`,
    nobody: "No one",
    checkSpelling: "Check the spelling, or search by a part of the name or email.",
    isCut:
      "More than 1,000 people match. The first 1,000 that were found are listed. To see the others, search for more of the name or email.",
    pages: "Pages",
    previous: "Previous",
    next: "Next",
  },

  auditLog: {
    title: "Audit log",
    event: "Event",
    allEvents: "All events",
    person: "Person",
    nameOrEmail: "Name or email",
    since: "From date",
    until: "To date",
    apply: "Apply",
    clear: "Clear filters",
    noMatch: "No events match these filters.",
    pages: "Pages",
    newer: "Newer events",
    older: "Older events",
    download: "Download:",
    between: (first: string, last: string) => `${first} to ${last}`,
    from: (first: string) => `from ${first}`,
    to: (last: string) => `to ${last}`,
    daysIn: (zone: string) => `days in ${zone}`,
    wrongOrder: "“From date” is after “To date”.",
    manyPeople: (count: number, text: string) =>
      `More than ${count} people match “${text}”. Only events of ${count} of them are listed.`,
  },
};
