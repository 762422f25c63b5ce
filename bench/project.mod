module bench.test/project

go 1.26

require (
	github.com/aws/aws-sdk-go-v2/service/s3 v1.88.0
	github.com/gin-gonic/gin v1.10.1
	github.com/hashicorp/vault/api v1.20.0
	go.opentelemetry.io/collector/otelcol v0.135.0
	google.golang.org/grpc v1.75.0
	k8s.io/client-go v0.34.1
)
