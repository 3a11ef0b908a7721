// Posts the form. Without JavaScript the person clicks its button.
document.querySelector("form")?.submit();
