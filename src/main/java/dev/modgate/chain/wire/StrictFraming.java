package dev.modgate.chain.wire;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Response;

/**
 * Refuses answers whose length is a matter of opinion (RFC 9112 §6.3): bytes that are left over
 * behind a body would be read as the next answer on that connection.
 */
public final class StrictFraming implements Interceptor {

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    String fault = fault(response);
    if (fault.isEmpty()) {
      return response;
    }
    chain.call().cancel();
    response.close();
    throw new UntrustworthyAnswerException(fault);
  }

  /** A sentence part, or the empty text. */
  private static String fault(Response response) {
    List<String> lengths = response.headers("Content-Length");
    List<String> codings = response.headers("Transfer-Encoding");
    if (lengths.size() > 1 || lengths.stream().anyMatch(l -> !l.matches("[0-9]{1,18}"))) {
      return "sent an ambiguous Content-Length";
    }
    if (codings.size() > 1 || (!codings.isEmpty() && !lengths.isEmpty())) {
      return "sent an ambiguous Transfer-Encoding";
    }
    if (codings.stream().anyMatch(coding -> !coding.toLowerCase(Locale.ROOT).equals("chunked"))) {
      return "sent a Transfer-Encoding that is not chunked";
    }
    if (response.headers("Content-Encoding").stream().anyMatch(e -> !e.equals("identity"))) {
      return "sent an encoding that was not asked for";
    }
    boolean delimited = !lengths.isEmpty() || !codings.isEmpty();
    return (response.code() == 200 || response.code() == 206)
            && response.protocol() != Protocol.HTTP_2
            && !delimited
        ? "sent a body without a length"
        : "";
  }
}
