package dev.modgate.edge;

import dev.modgate.store.StoredArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;

/** A proven artifact: it is read out of the store, if it is still the one that was served. */
record StoredBody(StoredArtifact stored) implements ServedBody {

  @Override
  public long held() {
    return 0;
  }

  @Override
  public byte[] read(int most) throws IOException {
    try (InputStream in = Channels.newInputStream(stored.open())) {
      return in.readNBytes(most);
    }
  }
}
