// Google's page posts its form by itself; without script, its button does.
document.querySelector("form")?.submit();
