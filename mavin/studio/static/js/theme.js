/* Light or dark, set before the first picture is painted; a classic script, so that it runs at once. */
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");

  function wanted() {
    try {
      return localStorage.getItem("mavin.theme") ?? "auto";
    } catch {
      return "auto";
    }
  }

  function apply() {
    const choice = wanted();
    document.documentElement.dataset.theme = choice === "auto" ? (dark.matches ? "dark" : "light") : choice;
    document.documentElement.dataset.themeChoice = choice;
  }

  window.mavinTheme = {
    wanted,
    choose(choice) {
      try {
        localStorage.setItem("mavin.theme", choice);
      } catch {
        // A browser that keeps nothing shows the choice until the page is left.
      }
      document.documentElement.dataset.theme = choice === "auto" ? (dark.matches ? "dark" : "light") : choice;
      document.documentElement.dataset.themeChoice = choice;
    },
  };
  dark.addEventListener("change", apply);
  apply();
})();
