package dev.modgate.telemetry;

import static dev.modgate.telemetry.TextRule.lettersDigitsAnd;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Set;

/**
 * Rebuilds a resource from what may leave: who this process is, and where it runs. Never its
 * arguments, its environment or its owner (opentelemetry.io/docs/specs/semconv/resource).
 */
final class ResourceRedactor {

  static final Set<String> KEYS =
      Set.of(
          "service.name",
          "service.namespace",
          "service.version",
          "service.instance.id",
          "deployment.environment",
          "deployment.environment.name",
          "telemetry.sdk.name",
          "telemetry.sdk.language",
          "telemetry.sdk.version",
          "host.name",
          "k8s.cluster.name",
          "k8s.namespace.name",
          "k8s.node.name",
          "k8s.pod.name",
          "k8s.container.name",
          "k8s.deployment.name",
          "k8s.replicaset.name",
          "k8s.statefulset.name",
          "k8s.daemonset.name",
          "k8s.job.name",
          "k8s.cronjob.name");

  private static final TextRule VALUE =
      TextRule.text("letters, digits, `._:/-`", 253, lettersDigitsAnd("._:/-"));

  /** The last answer: a process has one resource, and exporters group spans by its identity. */
  private record Last(Resource resource, long generation, Resource redacted) {}

  private final Scrubber scrubber;
  private volatile Last last;

  ResourceRedactor(Scrubber scrubber) {
    this.scrubber = scrubber;
    this.last = new Last(Resource.empty(), -1, Resource.empty());
  }

  Resource redact(Resource resource) {
    Last known = last;
    long generation = scrubber.generation();
    if (known.generation == generation && known.resource.equals(resource)) {
      return known.redacted;
    }
    Resource redacted = Resource.create(clean(resource.getAttributes()));
    last = new Last(resource, generation, redacted);
    return redacted;
  }

  private Attributes clean(Attributes attributes) {
    AttributesBuilder cleaned = Attributes.builder();
    attributes.forEach((key, value) -> {
      if (key.getType() == AttributeType.STRING && KEYS.contains(key.getKey())) {
        VALUE
            .clean(value.toString(), scrubber)
            .ifPresent(clean -> cleaned.put(AttributeKey.stringKey(key.getKey()), clean));
      }
    });
    return cleaned.build();
  }
}
