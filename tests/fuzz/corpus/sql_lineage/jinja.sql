1select {{ a }}, {% if x %} b {% endif %} from {{ ref("t") }} where $1 = $$x$$ and a ->> 'k' = E'\'' -- c
/* d /* e */ f */ group by all