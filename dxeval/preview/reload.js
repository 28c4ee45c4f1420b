// Added to the copy of a page that the preview serves: waits for another one and loads it.
const listen = () => {
  const news = new WebSocket("NEWS");
  news.onmessage = () => location.reload();
  news.onclose = () => setTimeout(listen, 500);
};
listen();
