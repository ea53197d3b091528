"""What all families of tags share: the library, drawing a small template, slots."""

import re

from django.template import Context, Engine, Library
from django.utils.safestring import SafeString, mark_safe

register = Library()
_SLOT = re.compile(r"<!--slot:(\w+)-->(.*?)<!--/slot:\1-->", re.DOTALL)


def draw(context: Context, template: str, **values: object) -> SafeString:
    """Draw ``template`` with nothing but ``values`` in it, without space around."""
    drawn = Engine.get_default().get_template(template).render(context.new(values))
    return trimmed(drawn)


def trimmed(content: str) -> SafeString:
    """Return what a block drew, without space around and still safe."""
    return mark_safe(content.strip())  # noqa: S308 - drawn by Django


@register.simple_block_tag
def slot(content: str, name: str) -> SafeString:
    """Hand a part to the block around: {% slot "actions" %}…{% endslot %}."""
    return mark_safe(f"<!--slot:{name}-->{content}<!--/slot:{name}-->")  # noqa: S308 - drawn above


def take_slots(content: str) -> tuple[SafeString, dict[str, SafeString]]:
    """Part a block's content from the slots written inside it, by name."""
    slots = {name: mark_safe(part) for name, part in _SLOT.findall(content)}  # noqa: S308 - drawn
    return trimmed(_SLOT.sub("", content)), slots
