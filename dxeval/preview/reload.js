// Added to the copy of a page that the preview serves: waits for another one and loads it.
// A page that nobody sees waits for nothing, since a browser keeps few connections to one server.
(() => {
  let source = null;
  const listen = () => {
    if (document.hidden) {
      source?.close();
      source = null;
    } else if (!source) {
      source = new EventSource("NEWS");
      source.onmessage = () => location.reload();
    }
  };
  document.addEventListener("visibilitychange", listen);
  listen();
})();
