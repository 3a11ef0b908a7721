// Posts Google's form again, from our own origin: see views/sign_in/repost_page.tsx.
document.querySelector("form")?.submit();
