package dev.modgate.edge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Reads from a client until it has hung up, and then has the connection closed by another thread.
 * On its I/O thread a close asks the selector at once for all that is ready, up to 1,024 others
 * (XNIO's WorkerThread.cancelKey): thousands of clients that give up together would keep the gate
 * from those that did not.
 */
final class HangUp extends AbstractStreamSourceConduit<StreamSourceConduit> {

  private final StreamConnection connection;
  private final Executor closing;
  private volatile boolean over;

  private HangUp(StreamConnection connection, Executor closing) {
    super(connection.getSourceChannel().getConduit());
    this.connection = connection;
    this.closing = closing;
  }

  /**
   * Before anything else looks at the connection.
   *
   * @param closing runs the close; not on the connection's I/O thread
   */
  static void watch(StreamConnection connection, Executor closing) {
    connection.getSourceChannel().setConduit(new HangUp(connection, closing));
  }

  /** Nothing when it is over: the end that the reader would act upon is acted upon here. */
  @Override
  public int read(ByteBuffer into) {
    if (over) {
      return 0;
    }
    try {
      int read = super.read(into);
      return read < 0 ? end() : read;
    } catch (IOException e) {
      return end();
    }
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int length) {
    if (over) {
      return 0;
    }
    try {
      long read = super.read(into, offset, length);
      return read < 0 ? end() : read;
    } catch (IOException e) {
      return end();
    }
  }

  /** Also after a reset: it is as good as closed, and nobody is there to be told. */
  private int end() {
    over = true;
    suspendReads();
    closing.execute(() -> IoUtils.safeClose(connection));
    return 0;
  }

  @Override
  public void resumeReads() {
    if (!over) {
      super.resumeReads();
    }
  }

  @Override
  public void wakeupReads() {
    if (!over) {
      super.wakeupReads();
    }
  }
}
