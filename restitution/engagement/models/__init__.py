from restitution.engagement.models.engagement import (
    ApprobationPolitique,
    Signature,
    ValidationTechnique,
)

__all__ = ["ApprobationPolitique", "Signature", "ValidationTechnique"]
