// A web server on loopback that counts who comes. A letter that made the app contact it has leaked.
import { createServer } from "node:http";

export class Canary {
  static async start() {
    const canary = new Canary();
    canary.server = createServer((request, response) => {
      canary.requests.push(request.url);
      // Each visitor comes by a connection of their own, so that connections can be counted too.
      response.writeHead(200, {
        "content-type": kindOf(request.url),
        connection: "close",
        "access-control-allow-origin": "*",
      });
      response.end();
    });
    // A connection that asks for nothing tells the sender as much as a request does.
    canary.server.on("connection", () => canary.connections++);
    await new Promise((done) => canary.server.listen(0, "127.0.0.1", done));
    canary.url = `http://127.0.0.1:${canary.server.address().port}`;
    return canary;
  }

  requests = [];
  connections = 0;

  forget() {
    this.requests = [];
    this.connections = 0;
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }
}

function kindOf(url) {
  if (url.includes("css")) return "text/css";
  if (url.includes("page")) return "text/html";
  return "image/png";
}
