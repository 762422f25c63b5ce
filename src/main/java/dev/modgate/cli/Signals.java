package dev.modgate.cli;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.util.function.Consumer;

/**
 * Signals to this process. The JDK has them in {@code sun.misc.Signal} (module jdk.unsupported)
 * alone, which javac warns of however it is asked not to, so it is called by its name.
 */
final class Signals {

  private Signals() {}

  /**
   * From now on such a signal does not end the process.
   *
   * @param name without SIG
   * @param handler is given the name, on a thread of its own
   */
  static void handle(String name, Consumer<String> handler) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      MethodHandle accept =
          MethodHandles.insertArguments(
              lookup.findVirtual(Consumer.class, "accept", methodType(void.class, Object.class)),
              0,
              handler,
              name);
      Object adapter =
          MethodHandleProxies.asInterfaceInstance(
              type, MethodHandles.dropArguments(accept, 0, signal));
      Object asked =
          lookup.findConstructor(signal, methodType(void.class, String.class)).invoke(name);
      Object _ =
          lookup
              .findStatic(signal, "handle", methodType(type, signal, type))
              .invokeWithArguments(asked, adapter);
    } catch (Throwable e) {
      throw new IllegalStateException("this JVM lets nobody handle SIG" + name, e);
    }
  }
}
