// Google's form is posted once more, from our own origin: see views/repost_page.tsx.
document.querySelector("form")?.submit();
