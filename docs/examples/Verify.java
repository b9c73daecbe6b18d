import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Verifies the files of one application and prints its score: java Verify.java REFERENCE FILE…
 *
 * HUOYAN_ADDRESS and HUOYAN_KEY say where the service is and by which key. Java 11 or later, and
 * nothing else; an application would read JSON by the library that it has.
 */
public final class Verify {
  private static final String ADDRESS =
      System.getenv().getOrDefault("HUOYAN_ADDRESS", "http://127.0.0.1:8080") + "/v1";
  // HTTP/1.1: Java otherwise asks each server without TLS to go over to HTTP/2, which this one does not.
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public static void main(String[] arguments) throws Exception {
    String body = "{\"reference\": " + quoted(arguments[0]) + "}";
    String packet = field(post("/packets", "application/json", bytes(body)), "id");

    String boundary = UUID.randomUUID().toString();
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    for (int index = 1; index < arguments.length; index++) {
      addFile(form, boundary, Path.of(arguments[index]));
    }
    form.write(bytes("--" + boundary + "--\r\n"));
    post("/packets/" + packet + "/files", "multipart/form-data; boundary=" + boundary, form.toByteArray());

    String found = post("/packets/" + packet + "/submit?wait=30", "application/json", bytes("{}"));
    while (field(found, "status").matches("queued|running")) {
      Thread.sleep(2000);
      found = send(request("/packets/" + packet).GET());
    }
    if (!field(found, "status").equals("done")) {
      throw new IllegalStateException(packet + ": " + field(found, "status"));
    }
    System.out.println(field(found, "band") + " " + field(found, "score"));
  }

  private static void addFile(ByteArrayOutputStream form, String boundary, Path file) throws IOException {
    String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"files\"; filename=\""
        + file.getFileName() + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
    form.write(bytes(head));
    form.write(Files.readAllBytes(file));
    form.write(bytes("\r\n"));
  }

  /** One effect, however often the same request arrives: the Idempotency-Key says that it is the same. */
  private static String post(String path, String type, byte[] body) throws IOException, InterruptedException {
    return send(request(path)
        .header("Content-Type", type)
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(ADDRESS + path))
        .header("Authorization", "Bearer " + System.getenv("HUOYAN_KEY"));
  }

  private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(field(answer.body(), "code") + ": " + field(answer.body(), "zh"));
    }
    return answer.body();
  }

  /** The first value of a name in a JSON text. */
  private static String field(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":\\s*\"?([^\",}]*)").matcher(json);
    return found.find() ? found.group(1) : "";
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
